import { DomainError, isDomainError } from '../../src/domain/errors.js';
import { createReports, type Reports } from '../../src/domain/reports.js';
import { reportSealing } from '../../src/sealing/index.js';
import type { ReportStore } from '../../src/storage/ports/report-store.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { createManualClock } from './directline-server.js';
import type { Fault, ReportPlan, Scene } from './report-plan.js';
import { faultsOf, type Membership, type Said } from './report-play-rules.js';
import { setDisabled, type TeamMember } from './report-team.js';
import { MINUTE, REPORT_SETTINGS } from './report-world.js';

const CONVERSATION = 'one';
const FAULTY_CALLS = ['create', 'replace', 'saveReceipt', 'removeReceipt'] as const;

/** Spoils the store, to see that what comes of it would be found. */
export type Sabotage = (store: ReportStore) => ReportStore;

export interface PlayedReport {
  readonly faults: readonly string[];
  readonly happenings: ReadonlySet<string>;
}

export interface Stage {
  readonly storage: Storage;
  readonly members: readonly TeamMember[];
  readonly sabotage?: Sabotage;
}

/** One resident writes and sends a report while processes die, delegates come and go, and messages come twice. */
export async function playReport({ scenes, sending }: ReportPlan, stage: Stage): Promise<PlayedReport> {
  const { storage, members } = stage;
  const happenings = new Set<string>();
  const waiting: Fault[] = [];
  const clock = createManualClock();
  const team = createTeam(stage, happenings);
  const store = withFaults(stage.sabotage?.(storage.reports) ?? storage.reports, waiting, happenings);
  const processes = createProcesses(
    () =>
      createReports({
        store,
        accounts: storage.accounts,
        sealing: reportSealing,
        clock: clock.now,
        settings: REPORT_SETTINGS,
      }),
    async () => {
      happenings.add('nobody to read');
      await team.move(0, true);
    },
  );
  const said: Said[] = [];
  const say = ({ answers, cause }: Said, process: number) =>
    processes.untilDone(process, ({ intake }) => intake.answer(CONVERSATION, answers, cause));

  const acts: { readonly [Name in Scene['do']]: (scene: Extract<Scene, { do: Name }>) => Promise<unknown> } = {
    async say({ answers, process, faults, meanwhile }) {
      const one = { answers, cause: `m${said.length}`, team: team.now() };
      waiting.splice(0, waiting.length, ...faults);
      await Promise.all([say(one, process), ...meanwhile.map(play)]);
      said.push(one);
    },
    async redeliver({ which, process }) {
      const again = said[which % Math.max(said.length, 1)];
      if (again) await say(again, process);
    },
    restart: async ({ process }) => processes.restart(process),
    move: ({ who, isIn }) => team.move(who, isIn),
    async desert() {
      for (const who of members.keys()) await team.move(who, false);
    },
    pass: async ({ minutes }) => clock.advance(minutes * MINUTE),
    sweep: ({ process }) => processes.untilDone(process, ({ desk }) => desk.revokeFormerReaders()),
    tidy: ({ process }) => processes.untilDone(process, ({ upkeep }) => upkeep.sweepReceipts()),
  };
  const play = (scene: Scene): Promise<unknown> => (acts[scene.do] as (scene: Scene) => Promise<unknown>)(scene);

  const { id } = await processes.untilDone(0, ({ intake }) => intake.open(CONVERSATION));
  for (const scene of scenes) await play(scene);
  waiting.splice(0, waiting.length, ...sending.faults);
  const send = (process: number) => processes.untilDone(process, ({ intake }) => intake.submit(id));
  const [sent] = await Promise.all([Promise.all(sending.at.map(send)), ...sending.meanwhile.map(play)]);
  waiting.length = 0;
  const refs = [...sent, await send(0)].map(({ receiptRef }) => receiptRef);

  const report = await storage.reports.load(id);
  if (!report) return { faults: ['the report is gone'], happenings };
  return { faults: await faultsOf(storage, { report, refs, said, members, team: team.now() }), happenings };
}

function createTeam({ storage, members }: Stage, happenings: Set<string>) {
  const team: Membership[] = members.map(() => ({ isIn: true, changes: 0 }));
  let moving: Promise<void> = Promise.resolve();

  /** Counted before and after: what is said in between counts with neither. */
  async function moveOne(who: number, isIn: boolean): Promise<void> {
    const [member, present] = [members[who], team[who]];
    if (!member || !present || present.isIn === isIn) return;
    team[who] = { isIn, changes: present.changes + 1 };
    await setDisabled(storage.accounts, member.id, !isIn);
    team[who] = { isIn, changes: present.changes + 2 };
    happenings.add(isIn ? 'joined' : 'left');
  }

  return {
    now: (): readonly Membership[] => [...team],
    move(who: number, isIn: boolean): Promise<void> {
      moving = moving.then(() => moveOne(who, isIn));
      return moving;
    },
  };
}

function createProcesses(start: () => Reports, bringSomebody: () => Promise<void>) {
  const processes = [start(), start(), start()];
  const restart = (index: number): void => {
    processes[index] = start();
  };

  async function recover(error: unknown, index: number): Promise<void> {
    if (isDomainError(error, 'no-reader')) await bringSomebody();
    else if (isDomainError(error, 'storage-unavailable')) restart(index);
    else if (!isDomainError(error, 'revision-conflict')) throw error;
  }

  return {
    restart,
    /** Again, in the next process, until it is done: as channels do with messages. */
    async untilDone<Result>(first: number, act: (reports: Reports) => Promise<Result>): Promise<Result> {
      for (let tries = 0; ; tries += 1) {
        const index = (first + tries) % processes.length;
        try {
          return await act(processes[index] ?? start());
        } catch (error) {
          await recover(error, index);
        }
      }
    },
  };
}

/** Writes that fail before or after they were done, as long as there are faults that wait. */
function withFaults(store: ReportStore, waiting: Fault[], happenings: Set<string>): ReportStore {
  const faulty = <Call extends (...args: never[]) => Promise<unknown>>(call: Call): Call =>
    (async (...args: Parameters<Call>) => {
      const fault = waiting.shift() ?? 'none';
      happenings.add(fault);
      if (fault === 'before') throw new DomainError('storage-unavailable', 'Killed before the write');
      const result = await call(...args);
      if (fault === 'after') throw new DomainError('storage-unavailable', 'Killed after the write');
      return result;
    }) as Call;
  return { ...store, ...Object.fromEntries(FAULTY_CALLS.map((name) => [name, faulty(store[name])])) };
}
