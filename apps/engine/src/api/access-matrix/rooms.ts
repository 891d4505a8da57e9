import { calculatedFieldsRoom } from './calculated-fields.ts'
import { commandsRoom } from './commands.ts'
import { alarmsRoom } from './alarms.ts'
import { accountsRoom } from './accounts.ts'
import { assetsRoom } from './assets.ts'
import { authRoom } from './auth.ts'
import { coreRoom } from './core.ts'
import { dashboardsRoom } from './dashboards.ts'
import { deadLettersRoom } from './dead-letters.ts'
import { debuggingRoom } from './debugging.ts'
import { devicesRoom } from './devices.ts'
import { mapTilesRoom } from './map-tiles.ts'
import { libraryRoom } from './library.ts'
import { ruleChainDraftsRoom } from './rule-chain-drafts.ts'
import { scriptLibrariesRoom } from './script-libraries.ts'
import type { PrepareRoom } from './room.ts'
import { tenancyRoom } from './tenancy.ts'

/** Every room of the matrix; a new one is one file and one line here. */
export const rooms: readonly PrepareRoom[] = [
  coreRoom,
  devicesRoom,
  authRoom,
  libraryRoom,
  assetsRoom,
  accountsRoom,
  commandsRoom,
  tenancyRoom,
  deadLettersRoom,
  debuggingRoom,
  scriptLibrariesRoom,
  ruleChainDraftsRoom,
  dashboardsRoom,
  mapTilesRoom,
  alarmsRoom,
  calculatedFieldsRoom,
]
