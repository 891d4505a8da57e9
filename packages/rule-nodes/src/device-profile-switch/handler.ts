import { defineHandler } from '@thingwire/rules'
import { profileSwitch } from '../enriching/profile-switch.ts'
import { deviceProfileSwitch } from './manifest.ts'

export const deviceProfileSwitchHandler = defineHandler(deviceProfileSwitch, (_config, context) =>
  profileSwitch('DEVICE', context),
)
