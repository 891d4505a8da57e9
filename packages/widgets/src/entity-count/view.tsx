export { CountCard } from '../engines/value-card/count.tsx'
