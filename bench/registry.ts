import { alarms } from './alarms/alarms.ts'
import { api } from './api/api.ts'
import { chains } from './chains/chains.ts'
import { coap } from './coap/coap.ts'
import { connections } from './connections/connections.ts'
import { dashboard } from './dashboard/dashboard.ts'
import { dashboardEditor } from './dashboard-editor/dashboard-editor.ts'
import { editor } from './editor/editor.ts'
import { enrichment } from './enrichment/enrichment.ts'
import type { Bench } from './harness/bench.ts'
import { http } from './http/http.ts'
import { ingest } from './ingest/ingest.ts'
import { live } from './live/live.ts'
import { maps } from './maps/maps.ts'
import { pages } from './pages/pages.ts'
import { queries } from './queries/queries.ts'
import { rpc } from './rpc/rpc.ts'
import { rules } from './rules/rules.ts'
import { scripts } from './rules/scripts.ts'
import { start } from './start/start.ts'
import { topicSpace } from './topic-space/topic-space.ts'

/** Every benchmark; a new one is a folder and a line here. */
export const benches: readonly Bench[] = [
  alarms,
  api,
  chains,
  coap,
  connections,
  dashboard,
  dashboardEditor,
  editor,
  enrichment,
  http,
  ingest,
  live,
  maps,
  pages,
  queries,
  rpc,
  rules,
  scripts,
  start,
  topicSpace,
]
