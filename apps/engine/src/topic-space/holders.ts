import type { Database } from '@thingwire/db'

/** Whether those are still there for whom sessions and topics are kept. */
export const holderExists =
  (database: Pick<Database, 'devices' | 'users' | 'tenants'>) =>
  async (kind: 'device' | 'user' | 'tenant', id: string, tenantId: string): Promise<boolean> => {
    switch (kind) {
      case 'device':
        return (await database.devices.find({ kind: 'tenant', tenantId }, id)) !== null
      case 'user':
        return (await database.users.findAccountById(id)) !== null
      case 'tenant':
        return (await database.tenants.find({ kind: 'system' }, id)) !== null
    }
  }
