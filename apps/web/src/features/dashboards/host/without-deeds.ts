import type { WidgetHost } from '@thingwire/widgets/manifests'

type Ports = Pick<WidgetHost, 'alarms' | 'commands' | 'values'>

/** Ports that read but change nothing: whoever asks for a deed is told why not. */
export const withoutDeeds = ({ alarms, commands, values }: Ports, why: string): Ports => {
  const refuse = async (): Promise<never> => {
    throw new Error(why)
  }
  return {
    alarms: { ...alarms, acknowledge: refuse, clear: refuse, remove: refuse, assign: refuse, comment: refuse },
    commands: { ...commands, call: refuse, leave: refuse, forget: refuse },
    values: {
      ...values,
      mayWrite: () => false,
      saveAttributes: refuse,
      deleteAttributes: refuse,
      saveTelemetry: refuse,
      claimDevice: refuse,
    },
  }
}
