/** Whose desk this is: name, role and unit; language, theme, keys, and the way out. */
import { Popover, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useWrite } from '#ui/api.ts'
import { useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { signOut } from '../contract.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { useMe } from './session.ts'

const schemes: MantineColorScheme[] = ['light', 'dark', 'auto']

export function AccountMenu({ onKeys }: { onKeys: () => void }) {
  const me = useMe()
  const { say, work } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const client = useQueryClient()
  const go = useGo()
  const [opened, setOpened] = useState(false)
  const leave = useWrite(signOut, { keepsNothing: true })

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <button
          type="button"
          className="account-button"
          aria-label={say.access.accountOf(me.name)}
          aria-expanded={opened}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          <Icon name="user" />
          <span className="account-name">{me.name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.access.accountOf(me.name)} p={0}>
        <div className="account-who">
          <strong>{me.name}</strong>
          <span>{work.roles[me.role]}</span>
          <span>{me.unit.name}</span>
        </div>
        <div className="account-choice">
          <LanguageSwitch />
          <div className="choice" role="group" aria-label={say.frame.theme}>
            {schemes.map((scheme) => (
              <button
                key={scheme}
                type="button"
                aria-pressed={colorScheme === scheme}
                onClick={() => setColorScheme(scheme)}
              >
                {say.frame.themes[scheme]}
              </button>
            ))}
          </div>
        </div>
        <div className="account-acts">
          <button
            type="button"
            onClick={() => {
              setOpened(false)
              onKeys()
            }}
          >
            <Icon name="keyboard" /> {say.frame.keys}
          </button>
          <button
            type="button"
            onClick={() =>
              void leave.run({}).then((done) => {
                if (!done) return
                client.clear()
                go(paths.signIn)
              })
            }
          >
            <Icon name="left" /> {say.access.signOut}
          </button>
          <Trouble refusal={leave.refusal} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
