export { RadialGauge } from '../engines/gauge/radial.tsx'
