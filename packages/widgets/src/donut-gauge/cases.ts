export { digitalGaugeCases as cases } from '../engines/gauge/digital-cases.ts'
