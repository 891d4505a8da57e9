export { WayMapView as TripMapView } from '../engines/map/map-view.tsx'
