record Circle, radius : Float64
record Square, side : Float64
record Rectangle, width : Float64, height : Float64

alias Shape = Circle | Square | Rectangle

# The compiler knows all shapes: one that is forgotten here is an error.
def area(shape : Shape) : Float64
  case shape
  in Circle    then Math::PI * shape.radius ** 2
  in Square    then shape.side ** 2
  in Rectangle then shape.width * shape.height
  end
end

shapes = [Circle.new(1.0), Square.new(2.0), Rectangle.new(2.0, 3.5)]
shapes.each do |shape|
  puts "#{shape.class.name.ljust(10)} #{area(shape).round(2)}"
end
puts "#{"All".ljust(10)} #{shapes.sum { |shape| area(shape) }.round(2)}"
