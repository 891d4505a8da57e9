// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tokens of dashboard files are written so
import { describe, expect, it } from 'vitest'
import { readAction, readActions } from './read.ts'

const kind = (file: object) => readAction(file, 'rowClick', 'x')?.kind
const target = { stateId: 'device', setEntity: true, paramName: 'pump', opensRight: true }
const state = {
  targetDashboardStateId: 'device',
  setEntityId: true,
  stateEntityParamName: 'pump',
  openRightLayout: true,
}

describe('readAction', () => {
  it.each([
    [{ type: 'doNothing' }, { type: 'nothing' }],
    [
      { type: 'openDashboardState', ...state },
      { type: 'openState', ...target, presentation: { kind: 'place' } },
    ],
    [
      {
        type: 'openDashboardState',
        ...state,
        openInSeparateDialog: true,
        dialogTitle: 'D',
        dialogWidth: 50,
        dialogHeight: '40',
      },
      {
        type: 'openState',
        ...target,
        presentation: { kind: 'dialog', title: 'D', width: 50, height: 40, hideToolbar: true },
      },
    ],
    [
      { type: 'openDashboardState', openInPopover: true, popoverPreferredPlacement: 'leftTop', popoverWidth: '25vw' },
      {
        type: 'openState',
        stateId: null,
        setEntity: false,
        paramName: null,
        opensRight: false,
        presentation: {
          kind: 'popover',
          placement: 'left',
          width: '25vw',
          height: null,
          hideOnClickOutside: true,
          hideToolbar: true,
        },
      },
    ],
    [
      { type: 'updateDashboardState', ...state },
      { type: 'updateState', ...target },
    ],
    [
      { type: 'openDashboard', targetDashboardId: 'd', openNewBrowserTab: true, ...state },
      { type: 'openDashboard', dashboardId: 'd', newTab: true, ...target },
    ],
    [
      { type: 'openURL', url: '/x?${entityId}' },
      { type: 'openUrl', url: '/x?${entityId}', newTab: false },
    ],
    [
      { type: 'custom', customFunction: 'a()', customHtml: '<b>' },
      { type: 'custom', code: 'a()', html: '', css: '' },
    ],
    [
      { type: 'customPretty', customHtml: '<b>', customCss: 'b{}' },
      { type: 'custom', code: '', html: '<b>', css: 'b{}' },
    ],
    [{ type: 'custom', customFunction: '  ' }, { type: 'nothing' }],
    [
      { type: 'mobileAction', mobileAction: { type: 'takePhoto' } },
      { type: 'mobile', mobileType: 'takePhoto' },
    ],
    [
      { type: 'placeMapItem', mapItemType: 'circle' },
      { type: 'placeMapItem', shape: 'circle' },
    ],
    [
      { type: 'placeMapItem', mapItemType: 'polygon', customFunction: 'make(additionalParams)', customHtml: '<p></p>' },
      {
        ...{ type: 'placeMapItem', shape: 'polygon' },
        custom: { type: 'custom', code: 'make(additionalParams)', html: '<p></p>', css: '' },
      },
    ],
    [{ type: 'openEntity' }, { type: 'openEntity' }],
    [
      { type: 'rpc', method: 'reboot', oneWay: true },
      { type: 'rpc', method: 'reboot', params: null, timeoutMs: 5_000, isOneWay: true, isPersistent: false },
    ],
    [
      { type: 'setAttribute', scope: 'SHARED_SCOPE', key: 'on', value: true },
      { type: 'setAttribute', scope: 'SHARED_SCOPE', key: 'on', value: true },
    ],
    [{ type: 'teleport' }, { type: 'unknown', name: 'teleport' }],
  ])('%j', (file, expected) => expect(kind(file)).toEqual(expected))

  it('reads what the button looks like and when it is shown', () => {
    expect(
      readAction(
        {
          id: 'i',
          type: 'doNothing',
          name: 'n',
          displayName: 'Shown',
          icon: 'add',
          buttonColor: '#fff',
          columnIndex: '2',
          useShowWidgetActionFunction: true,
          showWidgetActionFunction: 'return true',
        },
        'cellClick',
        'x',
      ),
    ).toMatchObject({
      id: 'i',
      source: 'cellClick',
      name: 'Shown',
      icon: 'add',
      color: '#fff',
      columnIndex: 2,
      isShownWhen: 'return true',
      button: { type: 'icon', fill: null, border: null, style: {} },
    })
    const button = {
      ...{ buttonType: 'stroked', buttonFillColor: 'red', buttonBorderColor: '#123456' },
      customButtonStyle: { letterSpacing: '1px' },
    }
    expect(readAction({ type: 'doNothing', ...button }, 'headerButton', 'x')?.button).toEqual({
      ...{ type: 'stroked', fill: 'red', border: '#123456' },
      style: { letterSpacing: '1px' },
    })
    expect(readAction({ type: 'doNothing', buttonType: 'odd', customButtonStyle: 3 }, 's', 'x')?.button).toEqual({
      ...{ type: 'icon', fill: null, border: null },
      style: {},
    })
    expect(
      readAction({ type: 'doNothing', icon: 'add', showIcon: false, showWidgetActionFunction: 'x' }, 's', 'x'),
    ).toMatchObject({
      id: 'x',
      icon: null,
      isShownWhen: null,
    })
  })
  it('goes by the order of the file, and passes over what is no action', () => {
    const actions = {
      rowClick: [{ type: 'openURL', url: 'a' }, null, { name: 'x' }],
      headerButton: 'no',
      b: [{ type: 'openEntity' }],
    }
    expect(readActions(actions).map((one) => [one.source, one.kind.type])).toEqual([
      ['rowClick', 'openUrl'],
      ['b', 'openEntity'],
    ])
    expect(readActions('nothing')).toEqual([])
  })
})
