import type { JsonRecord, SentFile, SentKind } from './types.js';
import type { KeptFile, World } from './world.js';

/** What a message of each kind holds (https://core.telegram.org/bots/api#available-types). */
export function toMedia(world: World, kind: SentKind, file: SentFile): JsonRecord {
  const caption = file.caption === undefined ? {} : { caption: file.caption };
  const album = file.mediaGroupId === undefined ? {} : { media_group_id: file.mediaGroupId };
  return { ...MAKERS[kind](world, file), ...caption, ...album };
}

type Maker = (world: World, file: SentFile) => JsonRecord;

/** Kinds that are a file with properties of their own. */
const filed =
  (kind: string, ending: string, properties: JsonRecord): Maker =>
  (world, file) => ({ [kind]: { ...toFile(keep(world, file, kind, ending)), ...properties, ...named(file) } });

const MAKERS: Readonly<Record<SentKind, Maker>> = {
  photo: (world, file) => ({ photo: sizesOf(world, file) }),
  document: filed('document', 'dat', {}),
  voice: filed('voice', 'oga', { duration: 3, mime_type: 'audio/ogg' }),
  video: filed('video', 'mp4', { duration: 3, width: 640, height: 480, mime_type: 'video/mp4' }),
  video_note: filed('video_note', 'mp4', { duration: 3, length: 240 }),
  audio: filed('audio', 'mp3', { duration: 3, mime_type: 'audio/mpeg' }),
  // « For backward compatibility, when this field is set, the document field will also be set »
  animation(world, file) {
    const kept = { ...toFile(keep(world, file, 'animations', 'mp4')), ...named(file) };
    return { animation: { ...kept, duration: 2, width: 320, height: 240 }, document: kept };
  },
  sticker: filed('sticker', 'webp', {
    type: 'regular',
    width: 512,
    height: 512,
    is_animated: false,
    is_video: false,
    emoji: '👍',
  }),
  contact: () => ({ contact: { phone_number: '+33600000000', first_name: 'Sam', user_id: 4242 } }),
  poll: (world) => ({
    poll: {
      id: String(world.next()),
      question: 'Midi ou soir ?',
      options: [{ text: 'Midi', voter_count: 0 }],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
  }),
  dice: () => ({ dice: { emoji: '🎲', value: 4 } }),
};

/** « photo: Message is a photo, available sizes of the photo »: the last one is the largest. */
function sizesOf(world: World, file: SentFile): readonly JsonRecord[] {
  const { width = 1280, height = 960 } = file;
  const small = world.keepFile({ bytes: file.bytes ?? new Uint8Array(), folder: 'photos', ending: 'jpg' });
  const large = keep(world, file, 'photos', 'jpg');
  return [
    { ...toFile(small), width: Math.round(width / 4), height: Math.round(height / 4) },
    { ...toFile(large), width, height },
  ];
}

function keep(world: World, { bytes = new Uint8Array([0]), size }: SentFile, folder: string, ending: string): KeptFile {
  return world.keepFile({ bytes, folder, ending, ...(size !== undefined && { size }) });
}

const toFile = ({ id, uniqueId, size }: KeptFile): JsonRecord => ({
  file_id: id,
  file_unique_id: uniqueId,
  file_size: size,
});

function named({ name, mime }: SentFile): JsonRecord {
  return { ...(name !== undefined && { file_name: name }), ...(mime !== undefined && { mime_type: mime }) };
}
