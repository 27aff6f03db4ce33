using Eigenflow.Numerics.Ode;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class SmallLinearSystemTests
{
    // Every order of the rows: pivoting exchanges them in all ways, also twice.
    [Fact]
    public void SystemsOfThreeAreSolvedInEveryOrderOfTheirRows()
    {
        double[][] rows = [[4, 1, -2], [0.5, 3, 1], [-1, 0.25, 2]];
        double[] solution = [1, -2, 3];
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            var system = new SmallLinearSystem(3);
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                    system[row, column] = rows[order[row]][column];
            }

            system.Factor().ShouldBeTrue();
            double[] vector = [.. order.Select(row => rows[row].Zip(solution, (a, b) => a * b).Sum())];
            system.Solve(vector);
            for (var k = 0; k < 3; k++)
                vector[k].ShouldBe(solution[k], 1e-14);
        }
    }

    [Fact]
    public void SingularSystemsAreNotFactored()
    {
        var system = new SmallLinearSystem(2);
        (system[0, 0], system[0, 1], system[1, 0], system[1, 1]) = (1, 2, 2, 4);
        system.Factor().ShouldBeFalse();
    }
}
