import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

const idOf = (body: unknown): string => z.object({ id: z.object({ id: z.string() }) }).parse(body).id.id

const imagePaths = ['', '/preview', '/info', '/export', '/public/{isPublic}'].map(
  (end) => `/api/images/{type}/{key}${end}`,
)
const resourcePaths = ['', '/info'].map((end) => `/api/resource/{resourceType}/{scope}/{key}${end}`)
const methods = ['GET', 'PUT', 'DELETE']
/** The same parameters for each path and method. */
const aimedAt = (paths: readonly string[], values: Record<string, string>) =>
  Object.fromEntries(paths.flatMap((path) => methods.map((method) => [`${method} ${path}`, values])))

/** Dashboards, rule chains, events, images, resources and widgets. */
export const libraryRoom: PrepareRoom = async (api) => {
  const { scope, rootChain, customerId, tenantId } = api.tenant
  const { db } = api
  const dashboardId = idOf((await api.admin.post('/api/dashboard', { title: 'Mine' })).body)
  const ruleNodeId = (await db.ruleChains.metadata(scope, rootChain.id.id))?.nodes[0]?.id?.id ?? ''
  const event: Parameters<typeof db.events.append>[0][number] = {
    tenantId,
    entityId: api.tenant.device.id.id,
    type: 'LC_EVENT',
    ts: Date.now(),
    body: { event: 'STARTED', success: true },
  }
  await db.events.append([event])
  const lifecycle = () => ({ eventType: 'LC_EVENT' })
  const image = await db.resources.create(scope, {
    title: 'Mine',
    resourceType: 'IMAGE',
    resourceSubType: 'IMAGE',
    resourceKey: 'mine.svg',
    publicResourceKey: null,
    isPublic: false,
    fileName: 'mine.svg',
    descriptor: { mediaType: 'image/svg+xml' },
    etag: 'mine',
    data: Buffer.from('<svg/>'),
  })
  const { resourceKey } = image
  const file = await db.resources.create(scope, {
    ...image,
    resourceType: 'GENERAL',
    resourceSubType: null,
    isPublic: false,
    etag: 'mine',
    data: Buffer.from('mine'),
  })
  const widgetTypeId = idOf((await api.admin.post('/api/widgetType', { name: 'Mine', descriptor: {} })).body)
  const widgetsBundleId = idOf((await api.admin.post('/api/widgetsBundle', { title: 'Mine' })).body)
  const all = { pageSize: 100, page: 0 }
  return {
    params: {
      dashboardId,
      tenantId,
      ruleChainId: rootChain.id.id,
      ruleNodeId,
      componentType: 'FILTER',
      componentDescriptorClazz: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode',
      eventType: 'LC_EVENT',
      resourceId: file.id.id,
      publicResourceKey: 'unknown',
      widgetTypeId,
      widgetsBundleId,
      isPublic: 'true',
    },
    paramsOf: {
      ...aimedAt(imagePaths, { type: 'tenant', key: resourceKey }),
      ...aimedAt(resourcePaths, { resourceType: 'general', scope: 'tenant', key: resourceKey }),
      'PUT /api/resource/{id}/data': { id: file.id.id },
      'PUT /api/resource/{id}/info': { id: file.id.id },
    },
    query: {
      componentTypes: 'FILTER',
      dashboardIds: dashboardId,
      ruleChainIds: rootChain.id.id,
      resourceIds: file.id.id,
      widgetsBundleIds: widgetsBundleId,
      tenantId,
    },
    queryOf: {
      'GET /api/ruleChains/export': { limit: '10' },
      'GET /api/widgetType': { fqn: 'tenant.mine' },
      'GET /api/widgetTypes': { widgetsBundleId },
      'GET /api/widgetTypesDetails': { widgetsBundleId },
      'GET /api/widgetTypesInfos': { widgetsBundleId },
      'GET /api/widgetTypeFqns': { widgetsBundleId },
    },
    bodies: {
      'POST /api/events/{entityType}/{entityId}': lifecycle,
      'POST /api/events/{entityType}/{entityId}/clear': lifecycle,
      'POST /api/ruleChain/metadata': () => ({
        ruleChainId: rootChain.id,
        firstNodeIndex: null,
        nodes: [],
        connections: [],
      }),
      'POST /api/ruleChain': () => ({ id: rootChain.id, name: 'taken over' }),
      'POST /api/widgetType': () => ({ id: { id: widgetTypeId }, name: 'taken over', descriptor: {} }),
      'POST /api/widgetsBundle': () => ({ id: { id: widgetsBundleId }, title: 'taken over' }),
      'POST /api/widgetsBundle/{widgetsBundleId}/widgetTypes': () => [widgetTypeId],
      'POST /api/widgetsBundle/{widgetsBundleId}/widgetTypeFqns': () => ['mine'],
      'POST /api/resource': () => ({ id: file.id, title: 'taken over', resourceType: 'GENERAL' }),
      'PUT /api/resource/{id}/info': () => ({ title: 'taken over' }),
      'PUT /api/images/{type}/{key}/info': () => ({ title: 'taken over' }),
      'POST /api/dashboard': () => ({ id: { id: dashboardId }, title: 'taken over' }),
      'POST /api/dashboard/{dashboardId}/customers': () => [],
      'POST /api/dashboard/{dashboardId}/customers/add': () => [customerId],
      'POST /api/dashboard/{dashboardId}/customers/remove': () => [customerId],
      'POST /api/tenant/dashboard/home/info': () => ({ dashboardId: { id: dashboardId } }),
    },
    publicRoutes: ['GET /api/images/public/{publicResourceKey}'],
    harmless: {
      // So are the widgets that its dashboards are made of.
      'GET /api/widgetsBundle/{widgetsBundleId}': () => {},
      // Pictures of a tenant are for all of its customers.
      'GET /api/images/{type}/{key}': () => {},
      'GET /api/images/{type}/{key}/preview': () => {},
    },
    actsForCaller: [
      'POST /api/image',
      'PUT /api/image/import',
      'POST /api/resource/upload',
      'POST /api/ruleChain/device/default',
      'POST /api/ruleChain/import',
      'POST /api/ruleChain/testScript',
      'POST /api/ruleChains/import',
      'GET /api/component/{componentDescriptorClazz}',
      'GET /api/components/{componentType}',
    ],
    belongings: async () => ({
      chains: (await db.ruleChains.list(scope, all)).data,
      metadata: await db.ruleChains.metadata(scope, rootChain.id.id),
      dashboards: (await db.dashboards.list(scope, all)).data,
      events: await db.events.list(
        { tenantId, entityId: api.tenant.device.id, filter: { eventType: 'LC_EVENT' } },
        all,
      ),
      widgetTypes: (await db.widgetTypes.list(scope, all)).data,
      bundles: await db.widgetsBundles.all(scope),
      images: (await db.resources.list(scope, all)).data,
      file: (await db.resources.content(scope, file.id.id))?.toString(),
      home: await db.dashboards.tenantHome(scope.tenantId),
    }),
  }
}
