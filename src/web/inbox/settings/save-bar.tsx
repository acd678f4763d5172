import { Save } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ProblemNotice } from '../ui/index.js';
import { Conflict } from './conflict.js';
import type { SharedEdit } from './use-shared-edit.js';

export interface SaveBarWords {
  readonly save: string;
  readonly unsaved: string;
  readonly faults: (count: number) => string;
  readonly conflictTitle: string;
  readonly conflict: string;
  readonly keepMine: string;
  readonly takeTheirs: string;
}

export interface SaveBarProps<View> {
  readonly edit: SharedEdit<View>;
  readonly words: SaveBarWords;
  /** Both versions, to compare. */
  readonly versions?: (theirs: View) => ReactNode;
}

/** The end of a form: what is to be said of it, and its button; or, in its place, a colleague's version to choose from. */
export function SaveBar<View>({ edit, words, versions }: SaveBarProps<View>): ReactNode {
  const { theirs, saved, isDirty, isBusy, areFaultsShown, faultCount } = edit;
  return (
    <>
      <ProblemNotice problem={edit.problem} />
      {theirs !== undefined ? (
        <Conflict
          title={words.conflictTitle}
          text={words.conflict}
          keepMine={words.keepMine}
          takeTheirs={words.takeTheirs}
          isBusy={isBusy}
          onKeep={() => edit.trySaving(theirs)}
          onTake={() => edit.settle(theirs)}
        >
          {versions?.(theirs)}
        </Conflict>
      ) : (
        <div className="save-bar">
          <p role="status">
            {areFaultsShown && faultCount > 0 ? words.faults(faultCount) : isDirty ? words.unsaved : ''}
          </p>
          <Button
            kind="primary"
            icon={Save}
            isDisabled={!isDirty}
            isPending={isBusy}
            onPress={() => edit.trySaving(saved)}
          >
            {words.save}
          </Button>
        </div>
      )}
    </>
  );
}
