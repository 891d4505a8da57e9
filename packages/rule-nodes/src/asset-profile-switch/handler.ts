import { defineHandler } from '@thingwire/rules'
import { profileSwitch } from '../enriching/profile-switch.ts'
import { assetProfileSwitch } from './manifest.ts'

export const assetProfileSwitchHandler = defineHandler(assetProfileSwitch, (_config, context) =>
  profileSwitch('ASSET', context),
)
