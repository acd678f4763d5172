import type { EditableFacts } from '../api/types.js';

export type Permanence = EditableFacts['permanences'][number];
export type Station = EditableFacts['station'];
export type PermanenceId = Permanence['id'];
export type Weekday = Permanence['rule']['weekday'];
export type Slot = Permanence['slot'];
type Nth = 1 | 2 | 3 | 4 | -1;

/** When in the day. `usual`, of an added day: as the rule says. `part` waits behind exact hours, as it came. */
export interface FormTime {
  readonly kind: 'hours' | 'morning' | 'afternoon' | 'unset' | 'usual';
  readonly from: string;
  readonly to: string;
  readonly part?: 'morning' | 'afternoon';
}

export interface FormClosure {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface FormAddition {
  readonly key: string;
  readonly date: string;
  readonly time: FormTime;
}

/** What is empty is not known, and stays so. */
export interface FormPermanence {
  readonly id: PermanenceId;
  readonly kind: 'weekly' | 'every-n' | 'monthly';
  readonly weekday: Weekday;
  readonly everyWeeks: string;
  readonly anchor: string;
  readonly nth: Nth;
  readonly time: FormTime;
  readonly placeId: string;
  readonly onPublicHolidays: 'closed' | 'open';
  readonly closures: readonly FormClosure[];
  readonly additions: readonly FormAddition[];
  readonly source: string;
  readonly checkedOn: string;
}

export interface FormStation {
  readonly status: Station['status'];
  readonly openingMonth: number;
  readonly openingYear: string;
  readonly officersMin: string;
  readonly officersMax: string;
  readonly address: string;
  readonly hours: string;
  readonly source: string;
  readonly checkedOn: string;
}

export interface FactsForm {
  readonly permanences: readonly FormPermanence[];
  readonly sectors: readonly {
    readonly id: EditableFacts['sectors'][number]['id'];
    readonly name: string;
    readonly email: string;
  }[];
  readonly station: FormStation;
  readonly nextKey: number;
}

export type Dated = 'closures' | 'additions';
type Simple = Omit<FormPermanence, 'id' | Dated>;

export type FactsChange =
  | { readonly type: 'load'; readonly facts: EditableFacts }
  | { readonly type: 'permanence'; readonly id: PermanenceId; readonly change: Partial<Simple> }
  | { readonly type: 'add'; readonly id: PermanenceId; readonly list: Dated }
  | { readonly type: 'remove'; readonly id: PermanenceId; readonly list: Dated; readonly key: string }
  | {
      readonly type: 'closure';
      readonly id: PermanenceId;
      readonly key: string;
      readonly change: Partial<Omit<FormClosure, 'key'>>;
    }
  | {
      readonly type: 'addition';
      readonly id: PermanenceId;
      readonly key: string;
      readonly change: Partial<Omit<FormAddition, 'key'>>;
    }
  | { readonly type: 'email'; readonly id: string; readonly value: string }
  | { readonly type: 'station'; readonly change: Partial<FormStation> };
