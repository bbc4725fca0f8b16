import { NavLink } from 'react-router-dom';
import { useIs } from '../app/session.js';

/** The pages of the administration beside each other; kept words are for the security administrator, and to be read by auditors. */
export function AdministrationTabs() {
  const keeps = useIs('security-admin', 'auditor');
  const pages = [['people', '人员'], ['appointments', '任职'], ['areas', '区划'], ['agencies', '机关'], ['changes', '变动记录'], ...(keeps ? [['kept-texts', '留存与删除']] : [])];
  return <nav className="zj-tabs" aria-label="组织管理">{pages.map(([path, label]) => <NavLink key={path} to={`/administration/${path}`}>{label}</NavLink>)}</nav>;
}
