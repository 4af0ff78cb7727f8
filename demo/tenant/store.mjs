/** @typedef {Record<string, unknown> & { uid?: string, grantId?: string, consumed?: number, exp?: number, accountId?: string }} StoredRecord */

/**
 * Keeps everything that one oidc-provider knows, in memory: gone with the process.
 */
export function createStore() {
  /** @type {Map<string, Map<string, StoredRecord>>} */
  const models = new Map();

  /** @param {string} model */
  function recordsOf(model) {
    let records = models.get(model);
    if (!records) models.set(model, (records = new Map()));
    return records;
  }

  return {
    /**
     * The adapter of one model, as oidc-provider wants it.
     *
     * @param {string} model
     */
    adapter: (model) => {
      const records = recordsOf(model);
      return {
        /** @param {string} id @param {StoredRecord} record */
        upsert: async (id, record) => void records.set(id, record),
        /** @param {string} id */
        find: async (id) => records.get(id),
        /** @param {string} uid */
        findByUid: async (uid) => [...records.values()].find((record) => record.uid === uid),
        /** @param {string} id */
        consume: async (id) => {
          const record = records.get(id);
          if (record) record.consumed = Math.floor(Date.now() / 1000);
        },
        /** @param {string} id */
        destroy: async (id) => void records.delete(id),
        /** @param {string} grantId */
        revokeByGrantId: async (grantId) => {
          for (const [id, record] of records) if (record.grantId === grantId) records.delete(id);
        },
      };
    },

    /** @param {string} model @param {string} id */
    peek: (model, id) => recordsOf(model).get(id),

    /** @param {string} model @returns {StoredRecord[]} */
    list: (model) => [...recordsOf(model).values()],

    /** @param {string} model */
    removeAll: (model) => recordsOf(model).clear(),
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
