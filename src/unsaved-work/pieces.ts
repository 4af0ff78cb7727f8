/** What one guard says about its work, as it travels between tabs: never what was typed. */
export type Piece = readonly [label: string, canSave: boolean, problem: number, guard: number];

/** Everything one tab says: its title, what is dirty there, and whether that is its last word. */
export type Answer = readonly [page: string, pieces: readonly Piece[], done: boolean];

export const OK = 0;
export const SAVING = 1;
export const FAILED = 2;
export const STILL_DIRTY = 3;
export const UNCHECKED = 4;

/** Only the number travels: the words that a person reads are never another page's. */
export const problems: Readonly<Record<number, string>> = {
  [FAILED]: 'saving failed',
  [STILL_DIRTY]: 'still unsaved after saving',
  [UNCHECKED]: 'could not be checked',
};

/** Shortens a text to what fits a list. */
export const cut = (text: unknown): string => String(text).slice(0, 200);

/** Reads what came in from another tab. Whatever has another form is left out. */
export const parseAnswer = ([page, pieces, done]: readonly unknown[]): Answer => [
  typeof page === 'string' ? cut(page) : '',
  (Array.isArray(pieces) ? (pieces as unknown[]) : []).slice(0, 100).flatMap((piece) => {
    const [label, canSave, problem, guard] = Array.isArray(piece) ? (piece as unknown[]) : [];
    return typeof label === 'string' && typeof problem === 'number'
      ? [[cut(label), canSave === true, problem, Number(guard)] as const]
      : [];
  }),
  done === true,
];
