export { MapView } from '../engines/map/map-view.tsx'
