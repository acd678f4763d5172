import { Download, EyeOff, Printer } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { dateOf } from '../conversation/paris.js';
import { saveFile } from '../conversation/save-file.js';
import { SHARE } from '../strings-reports.js';
import { Button, Checkbox, ProblemNotice, Section } from '../ui/index.js';
import { blocksOf, headingOf, nameOf, plainText } from './document.js';
import { PrintSheet, usePrinting } from './print-sheet.js';
import type { OpenedReport } from './use-report.js';

export interface ShareProps {
  readonly opened: OpenedReport;
  readonly onRedact: () => void;
}

/** On paper or as a file: logged before it is made. */
export function Share({ opened, onRedact }: ShareProps): ReactNode {
  const { session } = useSession();
  const { card } = opened.detail;
  const [withNotes, setWithNotes] = useState(false);
  const blocks = useMemo(() => blocksOf(opened, { withNotes }), [opened, withNotes]);
  const printing = usePrinting(blocks);

  const heading = () => headingOf(opened, session.account.displayName, Date.now() + opened.clockOffset);
  const note = (as: 'print' | 'file') => call('noteReportExport', { params: { id: card.id }, body: { as } });
  const print = useAction(async () => {
    await note('print');
    printing.print(heading());
  });
  const download = useAction(async () => {
    await note('file');
    saveFile({ text: plainText(heading(), blocks), fileName: SHARE.fileName(nameOf(card), dateOf(Date.now())) });
  });
  return (
    <Section title={SHARE.title}>
      <Checkbox isSelected={withNotes} onChange={setWithNotes}>
        {SHARE.withNotes}
      </Checkbox>
      <Button icon={Printer} isFullWidth onPress={() => void print.run()} isPending={print.isBusy}>
        {SHARE.print}
      </Button>
      <Button icon={Download} isFullWidth onPress={() => void download.run()} isPending={download.isBusy}>
        {SHARE.file}
      </Button>
      <Button icon={EyeOff} isFullWidth onPress={onRedact}>
        {SHARE.redact}
      </Button>
      <p className="quiet-words">{SHARE.logged}</p>
      <ProblemNotice problem={print.problem ?? download.problem} />
      <PrintSheet sheet={printing.sheet} />
    </Section>
  );
}
