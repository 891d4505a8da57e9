import { bulkImportRequestSchema, bulkImportResultSchema } from '@thingwire/contracts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'

/** Devices and assets from CSV files (as ThingsBoard). */
export const bulkImportRoutes = ({ bulkImport }: ApiDeps): RouteGroup => {
  const tag = 'Bulk import'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/device/bulk_import',
        access: tenantAdmin,
        summary: 'Devices from a CSV file, with credentials, attributes and time series',
        body: bulkImportRequestSchema,
        response: bulkImportResultSchema,
        handle: ({ caller, body }) => bulkImport.devices(caller, body),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/asset/bulk_import',
        access: tenantAdmin,
        summary: 'Assets from a CSV file, with attributes and time series',
        body: bulkImportRequestSchema,
        response: bulkImportResultSchema,
        handle: ({ caller, body }) => bulkImport.assets(caller, body),
      })
    },
  }
}
