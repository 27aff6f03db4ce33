using Eigenflow.Numerics.FokkerPlanck;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.FokkerPlanck;

public sealed class StationaryPlaneTests
{
    // dδ = −0.01 diag(2, 1) δ with D = 10⁻⁴ (1, ½; ½, 1): covariance (0.005, 1/300; ., 0.01), circulation 1.667e-5.
    private static StationaryPlane Solve(int cells)
    {
        var process = new PlanarDiffusion((x, y) => (-0.02 * x, -0.01 * y), (_, _) => (1e-4, 0.5e-4, 1e-4));
        double x = 6 * Math.Sqrt(0.005), y = 6 * Math.Sqrt(0.01);
        return StationaryPlane.Solve(process, new PlanarGrid(-x, x, -y, y, cells, cells));
    }

    [Fact]
    public void ErrorsFallWithTheSquareOfTheCells()
    {
        static double Error(StationaryPlane plane)
        {
            var moments = plane.Moments();
            return Math.Abs(moments.Xx - 0.005) + Math.Abs(moments.Xy - (0.01 / 3)) + Math.Abs(moments.Yy - 0.01);
        }

        double coarse = Error(Solve(24)), fine = Error(Solve(48)), finest = Error(Solve(96));
        Math.Log2(coarse / fine).ShouldBe(2, 0.25);
        Math.Log2(fine / finest).ShouldBe(2, 0.15);
    }

    [Fact]
    public void TheCurrentIsThatOfTheProcess()
    {
        var plane = Solve(96);
        plane.Circulation().ShouldBe(1.0 / 60_000, 0.01 / 60_000);
        plane.Density.Sum().ShouldBe(1 / (plane.Grid.StepX * plane.Grid.StepY), 1e-9 / (plane.Grid.StepX * plane.Grid.StepY));

        Math.Log2(VelocityError(48) / VelocityError(96)).ShouldBeGreaterThan(1.8);
        VelocityError(96).ShouldBeLessThan(0.05);
    }

    // v = −CΣ⁻¹δ with Σ⁻¹ = (0.01, −1/300; ., 0.005)/det Σ; the error is that of all cells, weighted by the density.
    private static double VelocityError(int cells)
    {
        var plane = Solve(cells);
        double determinant = (0.005 * 0.01) - (1e-4 / 9), error = 0, size = 0;
        for (var j = 0; j < cells; j++)
        {
            for (var i = 0; i < cells; i++)
            {
                double x = plane.Grid.X(i), y = plane.Grid.Y(j), p = plane.Density[(j * cells) + i];
                double vx = -((-0.01 / 3 * x) + (0.005 * y)) / determinant / 60_000, vy = ((0.01 * x) - (0.01 / 3 * y)) / determinant / 60_000;
                var (jx, jy) = plane.Current(i, j);
                error += p * (Math.Pow((jx / p) - vx, 2) + Math.Pow((jy / p) - vy, 2));
                size += p * ((vx * vx) + (vy * vy));
            }
        }

        return Math.Sqrt(error / size);
    }

    [Fact]
    public void DiffusionThatVariesGathersTheDensityWhereItIsSmall()
    {
        // No drift: P ∝ 1/D, without currents.
        var process = new PlanarDiffusion((_, _) => (0, 0), (x, y) => (1 + (0.5 * Math.Sin(x)), 0, 1 + (0.5 * Math.Sin(x))));
        var plane = StationaryPlane.Solve(process, new PlanarGrid(-3, 3, -1, 1, 60, 10));
        double Product(int i) => plane.Density[(4 * 60) + i] * (1 + (0.5 * Math.Sin(plane.Grid.X(i))));
        for (var i = 1; i < 60; i++)
            Product(i).ShouldBe(Product(0), 2e-3 * Product(0));
    }

    [Fact]
    public void GridsThatAreTooLargeAreRefused()
    {
        var process = new PlanarDiffusion((x, y) => (-x, -y), (_, _) => (1, 0, 1));
        Should.Throw<ParameterException>(() => StationaryPlane.Solve(process, new PlanarGrid(-1, 1, -1, 1, 401, 10))).Message.ShouldStartWith("cells = 401");
        Should.Throw<ParameterException>(() => StationaryPlane.Solve(new PlanarDiffusion((x, y) => (-x, -y), (_, _) => (0, 0, 1)), new PlanarGrid(-1, 1, -1, 1, 10, 10))).Message.ShouldStartWith("diffusion = 0");
    }
}
