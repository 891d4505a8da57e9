import type { PrepareRoom } from './room.ts'

/** Functions that scripts share. */
export const scriptLibrariesRoom: PrepareRoom = async (api) => {
  const { scope, tenantId } = api.tenant
  const store = api.db.scriptLibraries
  const body = 'function toF(c) { return c * 1.8 + 32; }'
  const library = await store.save(scope, { name: 'units', language: 'JS', body })
  return {
    params: { libraryId: library.id.id },
    bodies: {
      'POST /api/scriptLibrary': () => ({ ...library, body: 'function toF() { return 0; }', version: null }),
    },
    belongings: async () => ({ libraries: await store.byNames(tenantId, ['units']) }),
  }
}
