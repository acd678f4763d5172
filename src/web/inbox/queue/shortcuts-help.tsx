import { Keyboard } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { SHORTCUTS } from '../conversation/strings.js';
import { Button } from '../ui/button.js';
import { Switch } from '../ui/choice.js';
import { Dialog } from '../ui/dialog.js';
import { useShortcuts, useShortcutsSetting } from './use-shortcuts.js';

/** « ? »: what the keys do, and how to turn them off. */
export function ShortcutsHelp(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [isOn, setOn] = useShortcutsSetting();
  useShortcuts({ '?': () => setOpen(true) });
  return (
    <>
      <Button kind="quiet" icon={Keyboard} className="shortcuts-button" onPress={() => setOpen(true)}>
        {SHORTCUTS.open}
      </Button>
      <Dialog isOpen={isOpen} title={SHORTCUTS.title} onClose={() => setOpen(false)}>
        <div className="stack">
          <Switch isSelected={isOn} onChange={setOn}>
            {SHORTCUTS.toggle}
          </Switch>
          <p className="quiet-words">{SHORTCUTS.hint}</p>
          <dl className="keys">
            {SHORTCUTS.keys.map(([key, words]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
    </>
  );
}
