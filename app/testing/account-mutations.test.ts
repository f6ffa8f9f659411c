import { ofAccounts } from "./account-endpoints";
import { mutationTests } from "./mutation-tests";

mutationTests(ofAccounts);
