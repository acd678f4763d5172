import { MessageSquareText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { Text } from 'react-aria-components/Text';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import type { CannedReply } from '../live/wire.js';
import { Dialog } from '../ui/dialog.js';
import { LoadState } from '../ui/states.js';
import { CANNED } from './strings.js';

export interface CannedDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onPick: (text: string) => void;
}

/** Replies from the data files, filtered as one types; Enter takes the chosen one. */
export function CannedDialog({ isOpen, onClose, onPick }: CannedDialogProps): ReactNode {
  return (
    <Dialog isOpen={isOpen} title={CANNED.title} onClose={onClose}>
      <CannedList onPick={onPick} />
    </Dialog>
  );
}

function CannedList({ onPick }: { readonly onPick: (text: string) => void }): ReactNode {
  const { data, problem, reload } = useLoad('canned', (signal) => call('readCannedReplies', {}, signal));
  const { contains } = useFilter({ sensitivity: 'base' });
  const [filter, setFilter] = useState('');
  if (!data) return <LoadState problem={problem} onRetry={reload} />;
  return (
    <div className="stack">
      <p className="quiet-words">{CANNED.hint}</p>
      <Autocomplete filter={contains} inputValue={filter} onInputChange={setFilter}>
        <SearchField className="field" autoFocus>
          <Label className="field-label">{CANNED.filter}</Label>
          <Input className="field-box" />
        </SearchField>
        <ListBox
          className="list-box canned-list"
          aria-label={CANNED.list}
          items={data.replies}
          selectionMode="none"
          onAction={(key) => {
            const reply = data.replies.find(({ shortcut }) => shortcut === key);
            if (reply) onPick(reply.text);
          }}
          renderEmptyState={() => <p className="quiet-words">{CANNED.none}</p>}
        >
          {(reply) => <CannedItem reply={reply} />}
        </ListBox>
      </Autocomplete>
    </div>
  );
}

function CannedItem({ reply: { shortcut, title, text } }: { readonly reply: CannedReply }): ReactNode {
  return (
    <ListBoxItem id={shortcut} textValue={`${title} ${shortcut} ${text}`} className="list-item canned-item">
      <MessageSquareText aria-hidden className="icon" />
      <span className="canned-words">
        <Text slot="label" className="canned-title">
          {title} <span className="quiet-words">/{shortcut}</span>
        </Text>
        <Text slot="description" className="canned-text">
          {text}
        </Text>
      </span>
    </ListBoxItem>
  );
}
