export { countCases as cases } from '../engines/value-card/count-cases.ts'
