export { MapView as ImageMapView } from '../engines/map/map-view.tsx'
