// These packages bring no types; only what is used of them is said here.
declare module 'topojson-client' {
  export const feature: (
    topology: unknown,
    object: unknown,
  ) => {
    type: 'FeatureCollection'
    features: { type: 'Feature'; properties: null; geometry: { type: 'MultiPolygon'; coordinates: number[][][][] } }[]
  }
}
declare module 'world-atlas/land-50m.json' {
  const topology: { objects: { land: unknown } }
  export default topology
}
declare module '*.css'
