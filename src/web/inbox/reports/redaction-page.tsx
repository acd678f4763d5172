import { ArrowLeft, Download, EyeOff, Printer } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { PageTitle } from '../app/title.js';
import { dateOf } from '../conversation/paris.js';
import { saveFile } from '../conversation/save-file.js';
import { REDACT, SHARE } from '../strings-reports.js';
import { Button, Checkbox, ProblemNotice, Section, TextField, useAnnounce } from '../ui/index.js';
import { type Block, blocksOf, headingOf, nameOf, plainText } from './document.js';
import { MaskedBlock } from './masked-block.js';
import { redact } from './masks.js';
import { PrintSheet, usePrinting } from './print-sheet.js';
import { type Masks, type Redaction, useRedaction } from './use-redaction.js';
import type { OpenedReport } from './use-report.js';
import { answersOf } from './whole-report.js';

export interface RedactionPageProps {
  readonly opened: OpenedReport;
  readonly onBack: () => void;
}

/** Hides passages of a report, so that what is left can be given to somebody else. Private notes are never part of it. */
export function RedactionPage({ opened: now, onBack }: RedactionPageProps): ReactNode {
  // What came after the reader began is not shared unseen.
  const [opened] = useState(now);
  const blocks = useMemo(() => blocksOf(opened, { withNotes: false }), [opened]);
  const known = useMemo(() => namesIn(opened), [opened]);
  const redaction = useRedaction(blocks, known);
  const [withReplies, setWithReplies] = useState(true);
  const shared = blocks.filter(({ kind }) => withReplies || kind === 'answer' || kind === 'addition');
  return (
    <div className="page report-page">
      <div className="report-ways">
        <Button icon={ArrowLeft} onPress={onBack}>
          {REDACT.back}
        </Button>
      </div>
      <PageTitle>{REDACT.title(nameOf(opened.detail.card))}</PageTitle>
      <p>{REDACT.intro}</p>
      <Proposals redaction={redaction} />
      <Section title={REDACT.text}>
        <p className="quiet-words">{REDACT.textHint}</p>
        <Checkbox isSelected={withReplies} onChange={setWithReplies}>
          {REDACT.withReplies}
        </Checkbox>
        {shared.map((block) => (
          <MaskedBlock key={block.id} block={block} redaction={redaction} />
        ))}
      </Section>
      <Preview opened={opened} blocks={shared} masks={redaction.masks} />
    </div>
  );
}

function Proposals({ redaction }: { readonly redaction: Redaction }): ReactNode {
  const { proposals, isHidden, toggle } = redaction;
  return (
    <Section title={REDACT.proposals}>
      {proposals.length === 0 && <p>{REDACT.noProposals}</p>}
      <ul className="plain">
        {proposals.map((proposed) => (
          <li key={proposed.key}>
            <Checkbox isSelected={isHidden(proposed)} onChange={(isChosen) => toggle(proposed, isChosen)}>
              {proposed.words}{' '}
              <span className="quiet-words">
                ({REDACT.kinds[proposed.kind]}
                {REDACT.times(proposed.places.length)})
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <HideWord redaction={redaction} />
    </Section>
  );
}

function HideWord({ redaction }: { readonly redaction: Redaction }): ReactNode {
  const announce = useAnnounce();
  const [word, setWord] = useState('');
  const [error, setError] = useState<string>();
  const hide = () => {
    const count = redaction.hideWord(word);
    setError(count === 0 ? REDACT.wordNotFound : undefined);
    if (count === 0) return;
    setWord('');
    announce(REDACT.wordHidden(count));
  };
  return (
    <TextField
      label={REDACT.word}
      description={REDACT.wordHint}
      value={word}
      onChange={setWord}
      error={error}
      autoComplete="off"
      spellCheck="false"
      onKeyDown={(event) => {
        if (event.key === 'Enter') hide();
      }}
      aside={
        <Button icon={EyeOff} onPress={hide} isDisabled={word.trim() === ''}>
          {REDACT.hideWord}
        </Button>
      }
    />
  );
}

interface PreviewProps {
  readonly opened: OpenedReport;
  readonly blocks: readonly Block[];
  readonly masks: Masks;
}

/** Exactly what is shared. */
function Preview({ opened, blocks, masks }: PreviewProps): ReactNode {
  const { session } = useSession();
  const { card } = opened.detail;
  const redacted = blocks.map((block) => ({ ...block, text: redact(block.text, masks[block.id] ?? [], REDACT.mask) }));
  const printing = usePrinting(redacted);

  const heading = () => headingOf(opened, session.account.displayName, Date.now() + opened.clockOffset);
  const note = () => call('noteReportExport', { params: { id: card.id }, body: { as: 'redacted' } });
  const print = useAction(async () => {
    await note();
    printing.print(heading());
  });
  const download = useAction(async () => {
    await note();
    saveFile({
      text: plainText(heading(), redacted),
      fileName: SHARE.redactedFileName(nameOf(card), dateOf(Date.now())),
    });
  });
  return (
    <Section title={REDACT.preview}>
      <div className="redacted">
        {redacted.map(({ id, title, text }) => (
          <div key={id}>
            <h3>{title}</h3>
            <p className="report-text">{text}</p>
          </div>
        ))}
      </div>
      <div className="actions">
        <Button kind="primary" icon={Printer} onPress={() => void print.run()} isPending={print.isBusy}>
          {REDACT.print}
        </Button>
        <Button icon={Download} onPress={() => void download.run()} isPending={download.isBusy}>
          {REDACT.file}
        </Button>
      </div>
      <p className="quiet-words">{SHARE.logged}</p>
      <ProblemNotice problem={print.problem ?? download.problem} />
      <PrintSheet sheet={printing.sheet} />
    </Section>
  );
}

/** What its author left to be reached by. */
function namesIn({ whole }: OpenedReport): readonly string[] {
  return answersOf(whole).flatMap(({ answer }) => {
    if (answer?.step !== 'contact' || !('contact' in answer) || answer.contact.kind !== 'named') return [];
    const { firstName, phone, email } = answer.contact;
    return [firstName, phone, email].flatMap((known) => (known ? [known] : []));
  });
}
