export { loadForm } from "@getodk/xforms-engine";
