/** A button for an act that not every role may do. When it cannot be used it says why, and who could. */
import { Button, type ButtonProps } from '@mantine/core'
import { useId, type MouseEventHandler } from 'react'
import { Go } from '#ui/Go.tsx'
import { Icon, type IconName } from '#ui/Icon.tsx'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import { may, rolesThatMay, type Act } from '../rules.ts'
import { useMe } from './session.ts'

type ActButtonProps = ButtonProps & {
  act: Act
  icon?: IconName
  /** A page that does the act… */
  to?: string
  search?: Search
  /** …or the act itself. */
  onClick?: MouseEventHandler<HTMLButtonElement>
  type?: 'button' | 'submit'
  /** Another reason why not, when the role alone would allow it. */
  refused?: string | null
}

export function ActButton({
  act,
  icon,
  to,
  search,
  onClick,
  type = 'button',
  refused,
  children,
  ...rest
}: ActButtonProps) {
  const why = useWhyNot(act) ?? refused ?? null
  const id = useId()
  const face = { ...rest, leftSection: icon ? <Icon name={icon} size={16} /> : undefined }
  if (why) {
    return (
      <span className="act-refused">
        <Button {...face} disabled aria-describedby={id}>
          {children}
        </Button>
        <small id={id}>{why}</small>
      </span>
    )
  }
  if (to)
    return (
      <Button {...face} renderRoot={(props) => <Go to={to} search={search} {...props} />}>
        {children}
      </Button>
    )
  return (
    <Button {...face} type={type} onClick={onClick}>
      {children}
    </Button>
  )
}

/** The sentence that says why this role may not, or null when it may. */
export function useWhyNot(act: Act): string | null {
  const me = useMe()
  const { say, work } = useWords()
  if (may(me.role, act)) return null
  const roles = rolesThatMay(act).map((role) => work.roles[role])
  return say.access.mayNot(work.roles[me.role], roles.join(', '))
}
