namespace Eigenflow.Numerics.FokkerPlanck;

/// <summary>Currents through the faces of cells as weights of the densities of cells. J_i = (f_i − Σ_j ∂_jD_ij)P − Σ_j D_ij ∂_jP.</summary>
internal sealed class PlanarFaces(PlanarDiffusion process, PlanarGrid grid)
{
    private const double DifferencePart = 1e-3;

    /// <summary>The face between the cells (i − 1, j) and (i, j).</summary>
    /// <param name="i">Column, 1 to CellsX − 1.</param>
    /// <param name="j">Row.</param>
    /// <param name="add">Told cells and their weights.</param>
    public void Horizontal(int i, int j, Action<int, double> add)
    {
        var (x, y) = (grid.X(i - 0.5), grid.Y(j));
        var (hx, hy) = (DifferencePart * grid.StepX, DifferencePart * grid.StepY);
        var here = process.Diffusion(x, y);
        var velocity = process.Drift(x, y).X - ((process.Diffusion(x + hx, y).Xx - process.Diffusion(x - hx, y).Xx) / (2 * hx)) - ((process.Diffusion(x, y + hy).Xy - process.Diffusion(x, y - hy).Xy) / (2 * hy));
        var nx = grid.CellsX;
        Normal((j * nx) + i - 1, (j * nx) + i, velocity, here.Xx, grid.StepX, add);
        Cross((j * nx) + i - 1, (j * nx) + i, nx, j, grid.CellsY, here.Xy / grid.StepY, add);
    }

    /// <summary>The face between the cells (i, j − 1) and (i, j).</summary>
    /// <param name="i">Column.</param>
    /// <param name="j">Row, 1 to CellsY − 1.</param>
    /// <param name="add">Told cells and their weights.</param>
    public void Vertical(int i, int j, Action<int, double> add)
    {
        var (x, y) = (grid.X(i), grid.Y(j - 0.5));
        var (hx, hy) = (DifferencePart * grid.StepX, DifferencePart * grid.StepY);
        var here = process.Diffusion(x, y);
        var velocity = process.Drift(x, y).Y - ((process.Diffusion(x, y + hy).Yy - process.Diffusion(x, y - hy).Yy) / (2 * hy)) - ((process.Diffusion(x + hx, y).Xy - process.Diffusion(x - hx, y).Xy) / (2 * hx));
        var nx = grid.CellsX;
        Normal(((j - 1) * nx) + i, (j * nx) + i, velocity, here.Yy, grid.StepY, add);
        Cross(((j - 1) * nx) + i, (j * nx) + i, 1, i, nx, here.Xy / grid.StepX, add);
    }

    // Scharfetter and Gummel 1969: exact for constant velocity and diffusion.
    private static void Normal(int before, int after, double velocity, double diffusion, double step, Action<int, double> add)
    {
        if (!(diffusion > 0))
            throw new ParameterException("diffusion", diffusion, "positive definite everywhere on the grid");
        var peclet = velocity * step / diffusion;
        add(before, diffusion / step * Bernoulli(-peclet));
        add(after, -diffusion / step * Bernoulli(peclet));
    }

    // −D_xy ∂P along the face: the mean of both cells' centred differences, one-sided at the edge.
    private static void Cross(int before, int after, int stride, int place, int count, double diffusion, Action<int, double> add)
    {
        if (diffusion == 0)
            return;
        var (up, down) = (place + 1 < count ? 1 : 0, place > 0 ? 1 : 0);
        var weight = diffusion / (2 * (up + down));
        foreach (var cell in (ReadOnlySpan<int>)[before, after])
        {
            add(cell + (up * stride), -weight);
            add(cell - (down * stride), weight);
        }
    }

    // z/(e^z − 1).
    private static double Bernoulli(double z) => Math.Abs(z) < 1e-4 ? 1 - (z / 2) + (z * z / 12) : z / (Math.Exp(z) - 1);
}
