import {
  chosenScript,
  loadJsonScript,
  type NodeContext,
  type ScriptInput,
  type ScriptOutcome,
  withMetadata,
} from '@thingwire/rules'
import type { Message } from '@thingwire/contracts'
import { z } from 'zod'

/** What a new node of the kind starts with: the details that the alarm has already. */
export const standardDetailsScripts = {
  alarmDetailsBuildJs: `var details = {};
if (metadata.prevAlarmDetails) {
    details = JSON.parse(metadata.prevAlarmDetails);
    delete metadata.prevAlarmDetails;
}
return details;`,
  alarmDetailsBuildTbel: `var details = {};
if (metadata.prevAlarmDetails != null) {
    details = JSON.parse(metadata.prevAlarmDetails);
    metadata.remove('prevAlarmDetails');
}
return details;`,
} as const

/** The settings of a node that makes the details of alarms. */
export const detailsSettings = {
  alarmType: z.string().nullish().meta({
    title: 'Alarm type',
    description: 'Names the alarm.',
    isPattern: true,
    suggest: 'alarm-types',
  }),
  scriptLang: z.enum(['TBEL', 'JS']).nullish().meta({
    title: 'Script language',
    description: 'Which of the two scripts is used; JavaScript when left open.',
    editor: 'script-language',
  }),
  alarmDetailsBuildJs: z.string().nullish().meta({
    title: 'Details (JavaScript)',
    description: 'Body of a function of msg, metadata and msgType that returns the details of the alarm.',
    editor: 'script',
  }),
  alarmDetailsBuildTbel: z
    .string()
    .nullish()
    .meta({ title: 'Details (TBEL)', description: 'The same in TBEL.', editor: 'script' }),
}
type Settings = z.output<z.ZodObject<typeof detailsSettings>>

const previousKey = 'prevAlarmDetails'

/** The message, as the script sees it: with the details that the alarm has. */
export const withPrevious = (message: Message, details: unknown): ScriptInput =>
  details === null || details === undefined
    ? message
    : withMetadata(message, { [previousKey]: JSON.stringify(details) })

/** The script that makes details; rejects with an AppError for a body that is no script. */
export const loadDetails = async (
  config: Settings,
  node: NodeContext,
): Promise<(inputs: readonly ScriptInput[], signal: AbortSignal) => Promise<ScriptOutcome<unknown>[]>> => {
  const { scriptLang, alarmDetailsBuildJs: jsScript, alarmDetailsBuildTbel: tbelScript } = config
  const script = await loadJsonScript({ node, ...chosenScript({ scriptLang, jsScript, tbelScript }) })
  return async (inputs, signal) => {
    if (inputs.length === 0) return []
    const answers = await script(inputs, signal)
    return answers.map((answer) => (answer.ok ? { ok: true, value: JSON.parse(answer.value) } : answer))
  }
}
