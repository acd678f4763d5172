import { Download, EyeOff, FileText, Image, ZoomIn } from 'lucide-react';
import { type ReactEventHandler, type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import type { Attachment, BinaryFile } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { ProblemNotice } from '../ui/notice.js';
import { dataUrlOf } from './data-url.js';
import { saveBlob } from './save-file.js';
import { ATTACHMENT } from './strings.js';

interface AttachmentProps {
  readonly conversationId: string;
  readonly attachment: Attachment;
}

/** A file that the resident sent. It is read when somebody asks for it, as each reading is logged; it stays with the page. */
export function AttachmentView(props: AttachmentProps): ReactNode {
  return props.attachment.kind === 'image' ? <ImageView {...props} /> : <DocumentView {...props} />;
}

function useFile({ conversationId, attachment }: AttachmentProps) {
  const params = { id: conversationId, attachmentId: attachment.id };
  return (): Promise<BinaryFile> => call('readAttachment', { params });
}

function ImageView(props: AttachmentProps): ReactNode {
  const [shown, setShown] = useState<{ readonly file: BinaryFile; readonly url: string }>();
  const [isLarge, setLarge] = useState(false);
  const announce = useAnnounce();
  const read = useFile(props);
  const show = useAction(async () => {
    const file = await read();
    // The page's policy takes images from this server and from itself, and from nothing in between.
    setShown({ file, url: await dataUrlOf(file.blob) });
    announce(ATTACHMENT.shown);
  });

  return (
    <div className="attached">
      {shown && <Picture url={shown.url} onLoad={({ currentTarget }) => bringIntoSight(currentTarget)} />}
      <p className="attached-facts">{ATTACHMENT.image(props.attachment.bytes)}</p>
      <div className="attached-actions">
        {/* The same button, so that the focus stays where it was. */}
        <Button
          icon={shown ? ZoomIn : Image}
          isPending={show.isBusy}
          onPress={() => (shown ? setLarge(true) : void show.run())}
        >
          {shown ? ATTACHMENT.enlarge : ATTACHMENT.show}
        </Button>
        {shown && (
          <>
            <Button icon={Download} onPress={() => saveBlob(shown.file)}>
              {ATTACHMENT.saveImage}
            </Button>
            <Button icon={EyeOff} onPress={() => setShown(undefined)}>
              {ATTACHMENT.hide}
            </Button>
          </>
        )}
      </div>
      <ProblemNotice problem={show.problem} />
      <Dialog isOpen={isLarge} title={ATTACHMENT.alt} shape="wide" onClose={() => setLarge(false)}>
        {shown && <Picture url={shown.url} />}
      </Dialog>
    </div>
  );
}

interface PictureProps {
  readonly url: string;
  readonly onLoad?: ReactEventHandler<HTMLImageElement>;
}

function Picture({ url, onLoad }: PictureProps): ReactNode {
  return <img className="attached-image" src={url} alt={ATTACHMENT.alt} onLoad={onLoad} />;
}

/** After the log has followed its own growth down to its end. */
function bringIntoSight(image: Element): void {
  requestAnimationFrame(() => requestAnimationFrame(() => image.scrollIntoView({ block: 'nearest' })));
}

/** Never opened here: it is saved, and read with what this computer has for it. */
function DocumentView(props: AttachmentProps): ReactNode {
  const read = useFile(props);
  const save = useAction(async () => saveBlob(await read()));

  return (
    <div className="attached">
      <p className="attached-facts">
        <FileText aria-hidden className="icon" /> {ATTACHMENT.pdf(props.attachment.bytes)}
      </p>
      <div className="attached-actions">
        <Button icon={Download} isPending={save.isBusy} onPress={() => void save.run()}>
          {ATTACHMENT.savePdf}
        </Button>
      </div>
      <ProblemNotice problem={save.problem} />
    </div>
  );
}
