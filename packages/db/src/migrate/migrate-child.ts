// Run by migrate.int.test.ts as a process that can be killed.
import { migrate } from './migrate.ts'

const [, , url = '', migrations = '[]'] = process.argv
await migrate(url, { migrations: JSON.parse(migrations) })
