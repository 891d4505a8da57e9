import { untyped, type ViewLoaders } from './family.ts'

export const controlWidgetsViews: ViewLoaders = {
  'single-switch': async () => untyped((await import('../single-switch/view.tsx')).SingleSwitch),
  'command-button': async () => untyped((await import('../command-button/view.tsx')).CommandButton),
  'action-button': async () => untyped((await import('../action-button/view.tsx')).ActionButton),
  'toggle-button': async () => untyped((await import('../toggle-button/view.tsx')).ToggleButton),
  'power-button': async () => untyped((await import('../power-button/view.tsx')).PowerButton),
  'two-segment-button': async () => untyped((await import('../two-segment-button/view.tsx')).TwoSegmentButton),
  'rpc-button': async () => untyped((await import('../rpc-button/view.tsx')).RpcButton),
  'led-indicator': async () => untyped((await import('../led-indicator/view.tsx')).LedIndicator),
  slider: async () => untyped((await import('../slider/view.tsx')).Slider),
  'value-stepper': async () => untyped((await import('../value-stepper/view.tsx')).ValueStepper),
  knob: async () => untyped((await import('../knob/view.tsx')).Knob),
  'rpc-terminal': async () => untyped((await import('../rpc-terminal/view.tsx')).RpcTerminal),
  'persistent-rpc-table': async () => untyped((await import('../persistent-rpc-table/view.tsx')).PersistentRpcTable),
  'rpc-remote-shell': async () => untyped((await import('../rpc-remote-shell/view.tsx')).RpcRemoteShell),
  'gpio-control': async () => untyped((await import('../gpio-control/view.tsx')).GpioControl),
  'gpio-panel': async () => untyped((await import('../gpio-panel/view.tsx')).GpioPanel),
}
