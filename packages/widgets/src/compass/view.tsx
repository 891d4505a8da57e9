export { Compass } from '../engines/gauge/compass.tsx'
