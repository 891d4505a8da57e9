import type { PrepareRoom } from './room.ts'

/** Tiles are the installation's, and the same for everybody; there is no source in tests. */
export const mapTilesRoom: PrepareRoom = async () => ({
  paramsOf: { 'GET /api/map/tiles/{source}/{z}/{x}/{y}': { source: 'none', z: '0', x: '0', y: '0' } },
  actsForCaller: ['GET /api/map/tiles', 'GET /api/map/tiles/{source}/{z}/{x}/{y}'],
})
