namespace Eigenflow.Numerics.FokkerPlanck;

/// <summary>
/// The stationary density of a diffusion in the plane and its probability current, by finite volumes: the current through each face has the exponentially fitted flux of Scharfetter and Gummel along its normal, and the centred difference of the
/// cross term; nothing flows through the edge. The density is the null vector of a banded matrix, by inverse iteration with one LU decomposition. Second order in the cells; 128 × 128 cells take about half a second.
/// </summary>
public sealed class StationaryPlane
{
    private const int LargestCells = 400;
    private const int Iterations = 4;
    private const double RelativeShift = 1e-10;

    private readonly double[] density;
    private readonly double[] currentX;
    private readonly double[] currentY;

    private StationaryPlane(PlanarGrid grid, double[] density, double[] currentX, double[] currentY) => (Grid, this.density, this.currentX, this.currentY) = (grid, density, currentX, currentY);

    /// <summary>The cells.</summary>
    public PlanarGrid Grid { get; }

    /// <summary>Density at the middle of cells, row after row: that of cell (i, j) is entry j · CellsX + i; its integral is 1.</summary>
    public IReadOnlyList<double> Density => density;

    /// <summary>The most negative density in parts of the largest: 0, or the size of what cross terms, which are not monotone, leave below zero where noise is strongly correlated.</summary>
    public double NegativePart => Math.Max(0, -density.Min() / density.Max());

    /// <summary>Current at the middle of a cell: the mean of those through its faces.</summary>
    /// <param name="i">Column from 0.</param>
    /// <param name="j">Row from 0.</param>
    public (double X, double Y) Current(int i, int j) => (
        0.5 * (currentX[(j * (Grid.CellsX + 1)) + i] + currentX[(j * (Grid.CellsX + 1)) + i + 1]),
        0.5 * (currentY[(j * Grid.CellsX) + i] + currentY[((j + 1) * Grid.CellsX) + i]));

    /// <summary>Mean and covariance of the density.</summary>
    public (double MeanX, double MeanY, double Xx, double Xy, double Yy) Moments()
    {
        double x = 0, y = 0, xx = 0, xy = 0, yy = 0, cell = Grid.StepX * Grid.StepY;
        for (var j = 0; j < Grid.CellsY; j++)
        {
            for (var i = 0; i < Grid.CellsX; i++)
            {
                var part = density[(j * Grid.CellsX) + i] * cell;
                x += part * Grid.X(i);
                y += part * Grid.Y(j);
                xx += part * Grid.X(i) * Grid.X(i);
                xy += part * Grid.X(i) * Grid.Y(j);
                yy += part * Grid.Y(j) * Grid.Y(j);
            }
        }

        return (x, y, xx - (x * x), xy - (x * y), yy - (y * y));
    }

    /// <summary>Circulation ½ ∫ (x J_y − y J_x): the area that is gone round per time.</summary>
    public double Circulation()
    {
        var sum = 0.0;
        for (var j = 0; j < Grid.CellsY; j++)
        {
            for (var i = 0; i < Grid.CellsX; i++)
            {
                var (x, y) = Current(i, j);
                sum += 0.5 * ((Grid.X(i) * y) - (Grid.Y(j) * x)) * Grid.StepX * Grid.StepY;
            }
        }

        return sum;
    }

    /// <summary>Solves.</summary>
    /// <param name="process">Drift and diffusion.</param>
    /// <param name="grid">The cells; the density has to be negligible at their edge.</param>
    /// <exception cref="ParameterException">Too few or too many cells, or a diffusion that is not positive.</exception>
    public static StationaryPlane Solve(PlanarDiffusion process, PlanarGrid grid)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(grid);
        foreach (var cells in (int[])[grid.CellsX, grid.CellsY])
        {
            if (cells is < 4 or > LargestCells)
                throw new ParameterException("cells", cells, $"a whole number from 4 to {LargestCells}");
        }

        var faces = new PlanarFaces(process, grid);
        var (nx, ny) = (grid.CellsX, grid.CellsY);
        var matrix = new BandedMatrix(nx * ny, nx + 1);
        for (var j = 0; j < ny; j++)
        {
            for (var i = 1; i < nx; i++)
                faces.Horizontal(i, j, (cell, weight) => AddFlux(matrix, (j * nx) + i - 1, (j * nx) + i, cell, weight / grid.StepX));
        }

        for (var j = 1; j < ny; j++)
        {
            for (var i = 0; i < nx; i++)
                faces.Vertical(i, j, (cell, weight) => AddFlux(matrix, ((j - 1) * nx) + i, (j * nx) + i, cell, weight / grid.StepY));
        }

        // A shift of rounding size: the matrix of a conserved density is singular.
        var largest = 0.0;
        for (var k = 0; k < matrix.Size; k++)
            largest = Math.Max(largest, Math.Abs(matrix[k, k]));
        for (var k = 0; k < matrix.Size; k++)
            matrix[k, k] += RelativeShift * largest;
        matrix.Factor();
        var density = new double[matrix.Size];
        Array.Fill(density, 1.0);
        for (var k = 0; k < Iterations; k++)
        {
            matrix.Solve(density);
            var sum = density.Sum() * grid.StepX * grid.StepY;
            for (var cell = 0; cell < density.Length; cell++)
                density[cell] /= sum;
        }

        double[] currentX = new double[(nx + 1) * ny], currentY = new double[nx * (ny + 1)];
        for (var j = 0; j < ny; j++)
        {
            for (var i = 1; i < nx; i++)
                faces.Horizontal(i, j, (cell, weight) => currentX[(j * (nx + 1)) + i] += weight * density[cell]);
        }

        for (var j = 1; j < ny; j++)
        {
            for (var i = 0; i < nx; i++)
                faces.Vertical(i, j, (cell, weight) => currentY[(j * nx) + i] += weight * density[cell]);
        }

        return new StationaryPlane(grid, density, currentX, currentY);
    }

    // The matrix is that of div J: what leaves one cell enters the other.
    private static void AddFlux(BandedMatrix matrix, int from, int to, int cell, double weight)
    {
        matrix[from, cell] += weight;
        matrix[to, cell] -= weight;
    }
}
