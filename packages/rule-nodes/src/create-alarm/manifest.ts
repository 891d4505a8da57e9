import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { detailsSettings, standardDetailsScripts } from '../alarming/details.ts'

const flag = (title: string, description: string, missing = false) =>
  z
    .boolean()
    .nullish()
    .transform((isOn) => isOn ?? missing)
    .meta({ title, description })

/** When the settings make the alarm, and not the message. */
const ownAlarm = { useMessageAlarmData: [false] }
/** Then the script makes its details; and those of an alarm of the message that are overwritten, which they are when nothing is said. */
const scripted = [ownAlarm, { overwriteAlarmDetails: [true, null] }]

export const createAlarm = defineNode({
  type: 'create-alarm',
  className: 'org.thingsboard.rule.engine.action.TbCreateAlarmNode',
  name: 'create alarm',
  description: 'Raises an alarm of the originator, or updates the one that is active.',
  category: 'action',
  icon: 'bell-plus',
  configVersion: 0,
  config: z.object({
    alarmType: detailsSettings.alarmType.meta({ when: ownAlarm }),
    severity: z.string().nullish().meta({
      title: 'Severity',
      description:
        'CRITICAL, MAJOR, MINOR, WARNING or INDETERMINATE; with a dynamic severity a template that gives one of them.',
      editor: 'severity',
      isPattern: true,
      when: ownAlarm,
    }),
    dynamicSeverity: flag('Dynamic severity', 'The severity is a template that each message fills in.').meta({
      when: ownAlarm,
    }),
    propagate: flag('Propagate', 'Entities that are related to the originator show the alarm, too.'),
    relationTypes: z
      .array(z.string())
      .nullish()
      .transform((types) => types ?? [])
      .meta({
        title: 'Relation types',
        description: 'Along which relations the alarm propagates; none: along all.',
        when: { propagate: [true] },
        suggest: 'relation-types',
      }),
    propagateToOwner: flag(
      'Propagate to owner',
      'The customer that the originator belongs to, or the tenant, shows it.',
    ),
    propagateToTenant: flag('Propagate to tenant', 'The tenant shows the alarm.'),
    useMessageAlarmData: flag('Use the alarm of the message', 'The data of the message is the alarm.'),
    overwriteAlarmDetails: flag(
      'Overwrite details',
      'With an alarm of the message: the script makes the details of an alarm that is active already.',
      true,
    ).meta({ when: { useMessageAlarmData: [true] } }),
    scriptLang: detailsSettings.scriptLang.meta({ when: scripted }),
    alarmDetailsBuildJs: detailsSettings.alarmDetailsBuildJs.meta({ when: scripted }),
    alarmDetailsBuildTbel: detailsSettings.alarmDetailsBuildTbel.meta({ when: scripted }),
  }),
  defaults: {
    alarmType: 'General Alarm',
    scriptLang: 'TBEL',
    ...standardDetailsScripts,
    severity: 'CRITICAL',
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    useMessageAlarmData: false,
    overwriteAlarmDetails: false,
    dynamicSeverity: false,
    relationTypes: [],
  },
  connections: ['Created', 'Updated', 'False'],
  neverTaken: ['False'],
  upgrades: {},
})
