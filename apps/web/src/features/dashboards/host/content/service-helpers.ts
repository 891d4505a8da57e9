/**
 * Answers of calls, what code of files does with them, and the services that it asks of its widget's context: program text
 * for documents of files. `ask` sends a call to the page and gives a promise, `failed` tells what went wrong.
 */
export const serviceHelpers = `/** Files subscribe to the answer of a call, or wait for it. It starts once, with the call, as they expect of a command. */
const answer = (promise) => {
  promise.catch(() => {})
  return {
    subscribe: (next, error) => {
      const on = typeof next === 'object' && next !== null ? next : { next, error }
      promise.then((value) => { if (on.next) on.next(value); if (on.complete) on.complete() },
        (cause) => (on.error ? on.error(cause) : failed(cause)))
      return { unsubscribe: () => {} }
    },
    pipe: (...steps) => answer(steps.reduce((one, step) => step(one), promise)),
    toPromise: () => promise,
    then: (a, b) => promise.then(a, b),
    catch: (b) => promise.catch(b),
    finally: (b) => promise.finally(b),
  }
}
const call = (method, ...args) => answer(ask(method, ...args))
const follow = (work) => (promise) => promise.then((value) => work(value, 0))
const unchanged = () => (promise) => promise
/** Each answer is one value, so of streams there is what can be said of one value. */
const rxjs = {
  of: (value) => answer(Promise.resolve(value)),
  from: (value) => answer(Promise.resolve(value)),
  throwError: (made) => answer(Promise.reject(typeof made === 'function' ? made() : made)),
  forkJoin: (...given) => {
    const all = given.length === 1 && typeof given[0] === 'object' && !('subscribe' in given[0]) ? given[0] : given
    if (Array.isArray(all)) return answer(Promise.all(all))
    const names = Object.keys(all)
    return answer(Promise.all(names.map((name) => all[name])).then((values) => Object.fromEntries(names.map((name, at) => [name, values[at]]))))
  },
  map: follow, switchMap: follow, mergeMap: follow, concatMap: follow, exhaustMap: follow,
  tap: (work) => (promise) => promise.then((value) => { (typeof work === 'function' ? work : (work && work.next) || (() => {}))(value); return value }),
  catchError: (work) => (promise) => promise.catch((error) => work(error)),
  finalize: (work) => (promise) => promise.finally(work),
  delay: (ms) => (promise) => promise.then((value) => new Promise((resolve) => setTimeout(() => resolve(value), ms))),
  share: unchanged, shareReplay: unchanged, take: unchanged, first: unchanged, distinctUntilChanged: unchanged, takeUntil: unchanged,
}
const idOf = (id) => ({ entityType: id && id.entityType, id: id && id.id })
const pairs = (list) => Object.fromEntries((list || []).map(({ key, value }) => [key, value]))
const segment = (one) => encodeURIComponent(String((one && one.id) || one))
const http = {
  get: (path) => call('http', 'GET', String(path)),
  post: (path, body) => call('http', 'POST', String(path), body),
  put: (path, body) => call('http', 'PUT', String(path), body),
  delete: (path) => call('http', 'DELETE', String(path)),
}
const byId = (kind) => (id) => http.get('/api/' + kind + '/' + segment(id))
const store = (kind) => (one) => http.post('/api/' + kind, one)
const remove = (kind) => (id) => http.delete('/api/' + kind + '/' + segment(id))
const kinds = { DEVICE: 'device', ASSET: 'asset', CUSTOMER: 'customer', ENTITY_VIEW: 'entityView', DEVICE_PROFILE: 'deviceProfile', ASSET_PROFILE: 'assetProfile' }
const getEntity = (kind, id) => kinds[kind] ? byId(kinds[kind])(id) : answer(Promise.reject(new Error('Entities of the kind ' + kind + ' cannot be read in the sandbox')))
const endsOf = ({ from, type, to }) => '/api/relation?' + new URLSearchParams({ fromId: from.id, fromType: from.entityType, relationType: type, toId: to.id, toType: to.entityType })
const relationsOf = (end) => (id) => http.get('/api/relations?' + new URLSearchParams({ [end + 'Id']: id.id, [end + 'Type']: id.entityType }))
const sendCommand = (way) => (id, body) => http.post('/api/rpc/' + way + '/' + segment(id), body)
const services = {
  deviceService: { getDevice: byId('device'), getDeviceInfo: byId('device/info'), saveDevice: store('device'), deleteDevice: remove('device'),
    sendOneWayRpcCommand: sendCommand('oneway'), sendTwoWayRpcCommand: sendCommand('twoway') },
  assetService: { getAsset: byId('asset'), getAssetInfo: byId('asset/info'), saveAsset: store('asset'), deleteAsset: remove('asset') },
  customerService: { getCustomer: byId('customer'), saveCustomer: store('customer'), deleteCustomer: remove('customer') },
  entityViewService: { getEntityView: byId('entityView'), saveEntityView: store('entityView'), deleteEntityView: remove('entityView') },
  deviceProfileService: { getDeviceProfile: byId('deviceProfile'), getDeviceProfileInfo: byId('deviceProfileInfo') },
  assetProfileService: { getAssetProfile: byId('assetProfile'), getAssetProfileInfo: byId('assetProfileInfo') },
  entityService: { getEntity, findEntityDataByQuery: (query) => http.post('/api/entitiesQuery/find', query),
    countEntitiesByQuery: (query) => http.post('/api/entitiesQuery/count', query) },
  entityRelationService: { saveRelation: store('relation'), findByQuery: (query) => http.post('/api/relations', query),
    findInfoByQuery: (query) => http.post('/api/relations/info', query), findByFrom: relationsOf('from'), findByTo: relationsOf('to'),
    deleteRelation: (from, type, to) => http.delete(endsOf({ from, type, to })) },
  alarmService: { getAlarm: byId('alarm'), ackAlarm: (id) => http.post('/api/alarm/' + segment(id) + '/ack'), clearAlarm: (id) => http.post('/api/alarm/' + segment(id) + '/clear') },
  attributeService: {
    getEntityAttributes: (entity, scope, keys) => call('getAttributes', idOf(entity), scope || null, keys || []),
    saveEntityAttributes: (entity, scope, values) => call('saveAttributes', idOf(entity), scope, pairs(values)),
    deleteEntityAttributes: (entity, scope, values) => call('deleteAttributes', idOf(entity), scope, (values || []).map((one) => one.key || one)),
    saveEntityTimeseries: (entity, _scope, values) => call('saveTelemetry', idOf(entity), pairs(values)),
  },
  dialogs: {
    alert: (title, message) => call('alert', String(title), String(message || '')),
    confirm: (title, message) => call('confirm', String(title), String(message || '')),
  },
}`
