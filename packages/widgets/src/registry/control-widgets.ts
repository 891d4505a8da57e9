import { actionButton } from '../action-button/manifest.ts'
import { commandButton } from '../command-button/manifest.ts'
import { gpioControl } from '../gpio-control/manifest.ts'
import { gpioPanel } from '../gpio-panel/manifest.ts'
import { knob } from '../knob/manifest.ts'
import { ledIndicator } from '../led-indicator/manifest.ts'
import { persistentRpcTable } from '../persistent-rpc-table/manifest.ts'
import { powerButton } from '../power-button/manifest.ts'
import { rpcButton } from '../rpc-button/manifest.ts'
import { rpcRemoteShell } from '../rpc-remote-shell/manifest.ts'
import { rpcTerminal } from '../rpc-terminal/manifest.ts'
import { singleSwitch } from '../single-switch/manifest.ts'
import { slider } from '../slider/manifest.ts'
import { toggleButton } from '../toggle-button/manifest.ts'
import { twoSegmentButton } from '../two-segment-button/manifest.ts'
import { valueStepper } from '../value-stepper/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const controlWidgets: WidgetFamily = {
  alias: 'control_widgets',
  title: 'Controls',
  description: 'What commands devices.',
  order: 50,
  widgets: [
    singleSwitch,
    commandButton,
    actionButton,
    toggleButton,
    powerButton,
    twoSegmentButton,
    rpcButton,
    ledIndicator,
    slider,
    valueStepper,
    knob,
    rpcTerminal,
    rpcRemoteShell,
    persistentRpcTable,
    gpioControl,
    gpioPanel,
  ],
}
