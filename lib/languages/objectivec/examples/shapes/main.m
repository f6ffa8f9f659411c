#import <Foundation/Foundation.h>

@protocol Shape
- (double)area;
@end

@interface Square : NSObject <Shape> {
    double side;
}
+ (Square *)squareWithSide:(double)length;
@end

@implementation Square
+ (Square *)squareWithSide:(double)length {
    Square *square = [[Square new] autorelease];
    square->side = length;
    return square;
}
- (double)area {
    return side * side;
}
@end

@interface Circle : NSObject <Shape> {
    double radius;
}
+ (Circle *)circleWithRadius:(double)length;
@end

@implementation Circle
+ (Circle *)circleWithRadius:(double)length {
    Circle *circle = [[Circle new] autorelease];
    circle->radius = length;
    return circle;
}
- (double)area {
    return 3.14159265 * radius * radius;
}
@end

/* A category gives every string a method, also those that are there already. */
@interface NSString (Padding)
- (NSString *)paddedTo:(NSUInteger)width;
@end

@implementation NSString (Padding)
- (NSString *)paddedTo:(NSUInteger)width {
    return [self stringByPaddingToLength:width withString:@" " startingAtIndex:0];
}
@end

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    NSArray *shapes = [NSArray arrayWithObjects:[Square squareWithSide:3], [Circle circleWithRadius:2],
                                                [Square squareWithSide:0.5], nil];
    double sum = 0;

    for (id<Shape> shape in shapes) {
        NSString *name = NSStringFromClass([(NSObject *)shape class]);
        printf("%s%6.2f\n", [[name paddedTo:8] UTF8String], [shape area]);
        sum += [shape area];
    }
    printf("%s%6.2f\n", [[@"Sum" paddedTo:8] UTF8String], sum);
    [pool drain];
    return 0;
}
