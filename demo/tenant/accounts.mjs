/**
 * @typedef {{ id: string, name: string, email: string }} User someone who can log in
 * @typedef {{ sub: string, name: string, email: string }} Account a user as one server knows them
 */

/** The tenant's own database users (`sub` is `auth0|…`). @type {readonly User[]} */
export const databaseUsers = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { id: 'alan', name: 'Alan Turing', email: 'alan@example.com' },
];

/** The users of the upstream identity provider. @type {readonly User[]} */
export const idpUsers = [
  { id: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
];

/**
 * Remembers accounts by `sub`, in the form that oidc-provider asks for.
 *
 * @param {readonly Account[]} known
 */
export function createAccounts(known) {
  const accounts = new Map(known.map((account) => [account.sub, account]));

  return {
    /** @param {Account} account */
    add: (account) => void accounts.set(account.sub, account),

    /** @param {string | undefined} sub */
    get: (sub) => (sub === undefined ? undefined : accounts.get(sub)),

    /** @param {unknown} _ctx @param {string} sub */
    findAccount: async (_ctx, sub) => {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: async () => claimsOf(account) };
    },
  };
}

/** @typedef {ReturnType<typeof createAccounts>} Accounts */

/** @param {Account} account */
export function claimsOf({ sub, name, email }) {
  const nickname = email.slice(0, email.indexOf('@'));
  return { sub, name, nickname, email, email_verified: true };
}
