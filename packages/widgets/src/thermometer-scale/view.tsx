export { LinearGauge } from '../engines/gauge/linear.tsx'
