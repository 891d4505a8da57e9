export { WayMapView as RouteMapView } from '../engines/map/map-view.tsx'
