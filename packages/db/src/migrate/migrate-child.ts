// Run by migrate.int.test.ts as a process that can be killed.
import { migrate } from './migrate.ts'

await migrate(process.argv[2] ?? '')
