export { DigitalGauge } from '../engines/gauge/digital.tsx'
