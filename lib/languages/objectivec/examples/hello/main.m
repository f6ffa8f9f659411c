#import <Foundation/Foundation.h>

@interface Greeter : NSObject
- (NSString *)greetingFor:(NSString *)name;
@end

@implementation Greeter
- (NSString *)greetingFor:(NSString *)name {
    return [NSString stringWithFormat:@"Hello, %@!", name];
}
@end

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    NSCharacterSet *space = [NSCharacterSet whitespaceAndNewlineCharacterSet];
    Greeter *greeter = [[Greeter new] autorelease];
    char line[256];

    while (fgets(line, sizeof line, stdin)) {
        NSString *name = [[NSString stringWithUTF8String:line] stringByTrimmingCharactersInSet:space];
        puts([[greeter greetingFor:name] UTF8String]);
    }
    [pool drain];
    return 0;
}
