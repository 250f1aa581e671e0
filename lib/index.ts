export { RESOURCE_TYPE as resourceType } from "./contract/names";
