import type { NodeCase } from '../node-case.ts'

const refuses = '"save to custom table" needs a Cassandra database, which is not available yet'

export const cases: NodeCase[] = [
  { title: 'waits for a Cassandra database', leaves: [], refuses },
  {
    title: 'keeps its columns until then',
    config: { tableName: 'readings', fieldsMapping: { $entityId: 'device', temperature: 'value' } },
    leaves: [],
    refuses,
  },
]
