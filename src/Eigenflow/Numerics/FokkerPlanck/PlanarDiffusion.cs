namespace Eigenflow.Numerics.FokkerPlanck;

/// <summary>A diffusion process in the plane, dP/dt = −div(fP) + Σ_ij ∂_i∂_j(D_ij P): drift and diffusion at every point.</summary>
/// <param name="Drift">f at (x, y).</param>
/// <param name="Diffusion">D at (x, y), half of the covariance per time: (D_xx, D_xy, D_yy), positive definite.</param>
public sealed record PlanarDiffusion(Func<double, double, (double X, double Y)> Drift, Func<double, double, (double Xx, double Xy, double Yy)> Diffusion);

/// <summary>A rectangle of cells.</summary>
/// <param name="FromX">Left edge.</param>
/// <param name="ToX">Right edge.</param>
/// <param name="FromY">Lower edge.</param>
/// <param name="ToY">Upper edge.</param>
/// <param name="CellsX">Cells of a row, ≥ 4.</param>
/// <param name="CellsY">Cells of a column, ≥ 4.</param>
public sealed record PlanarGrid(double FromX, double ToX, double FromY, double ToY, int CellsX, int CellsY)
{
    /// <summary>Width of a cell.</summary>
    public double StepX => (ToX - FromX) / CellsX;

    /// <summary>Height of a cell.</summary>
    public double StepY => (ToY - FromY) / CellsY;

    /// <summary>Middle of a column of cells.</summary>
    /// <param name="i">From 0.</param>
    public double X(double i) => FromX + ((i + 0.5) * StepX);

    /// <summary>Middle of a row of cells.</summary>
    /// <param name="j">From 0.</param>
    public double Y(double j) => FromY + ((j + 0.5) * StepY);
}
