'use client'
import type { WidgetEntity, WidgetHost } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { deleteCommand, getCommands, leaveCommand } from '@/api/control.ts'
import { type Command, carryOut, problemOf } from './control/command.ts'

const usualTimeoutMs = 5_000
const usualPollMs = 5_000

/** Commands to the device that the widget is for. */
export const useCommandsPort = (target: WidgetEntity | null): WidgetHost['commands'] => {
  const t = useTranslations('boardData')
  const widgetText = useTranslations('widget')
  return useMemo(() => {
    const device = () => {
      if (!target) throw new Error(t('noCommandTarget'))
      if (target.id.entityType !== 'DEVICE') throw new Error(t('onlyDevices'))
      return target.id
    }
    /** Of a device that is silent, servers say no more than a number. */
    const carry = async (command: Command) => {
      try {
        return await carryOut(device(), command)
      } catch (error) {
        throw problemOf(error).kind === 'timed-out' ? new Error(widgetText('timedOut'), { cause: error }) : error
      }
    }
    return {
      target,
      call: async (method, params, options = {}) =>
        carry({
          kind: 'rpc',
          method,
          params,
          timeoutMs: options.timeoutMs ?? usualTimeoutMs,
          isOneWay: options.isOneWay ?? false,
          pollMs: options.isPersistent ? (options.pollMs ?? usualPollMs) : null,
        }),
      leave: async (method, params, options) => leaveCommand(device().id, { method, params, ...options }),
      stored: async (request, signal) => getCommands(device().id, request, signal),
      forget: async (rpcId) => deleteCommand(rpcId),
    }
  }, [target, t, widgetText])
}
